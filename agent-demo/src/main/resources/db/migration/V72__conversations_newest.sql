-- "Where is my order?" is asked in a new conversation: the newest of the others are looked through.

create index agent_conversations_newest on agent_conversations (world, principal_id, created_at);
