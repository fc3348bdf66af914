"""Who is who: tables of several sources become one, accounts become people."""
