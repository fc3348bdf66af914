"""The fictional owner's everyday media: mail, calendar, address book, phone and chats."""
