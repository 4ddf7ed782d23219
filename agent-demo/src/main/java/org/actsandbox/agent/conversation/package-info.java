/** Stores conversations with the principal: turns, events and memory. */
@NullMarked
package org.actsandbox.agent.conversation;

import org.jspecify.annotations.NullMarked;
