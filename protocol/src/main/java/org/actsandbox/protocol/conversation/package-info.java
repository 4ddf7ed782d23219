/**
 * The events that the buyer agent tells of a conversation. They are the surface of this sandbox's
 * agent and no part of the standard.
 */
@NullMarked
package org.actsandbox.protocol.conversation;

import org.jspecify.annotations.NullMarked;
