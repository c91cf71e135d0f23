"""Pages and API over one store: server-rendered, usable without JavaScript, nothing from a network."""
