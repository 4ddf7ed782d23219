/** Runs one turn of a conversation, from the principal's words to the outcome. */
@NullMarked
package org.actsandbox.agent.turn;

import org.jspecify.annotations.NullMarked;
