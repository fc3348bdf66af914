"""WhatsApp chats as the app writes them to text files."""
