package org.actsandbox.agent.connected;

import java.net.URI;
import org.actsandbox.protocol.conversation.DialogueForm;

/**
 * Represents an agent of others that listens at an address.
 *
 * @param name last part of the DID by which the journal knows it
 */
public record ConnectedAgent(String name, URI url, DialogueForm form) {}
