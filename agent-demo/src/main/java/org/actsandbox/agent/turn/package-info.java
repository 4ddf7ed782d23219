/** One turn of a conversation: from the principal’s words to what came of them. */
@NullMarked
package org.actsandbox.agent.turn;

import org.jspecify.annotations.NullMarked;
