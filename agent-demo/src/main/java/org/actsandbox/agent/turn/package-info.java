/**
 * Runs one turn of a conversation, from the principal's words to the outcome. The package stays
 * whole with over 20 types because nearly all are package-private and work on the one {@link Turn},
 * which only this package may change.
 */
@NullMarked
package org.actsandbox.agent.turn;

import org.jspecify.annotations.NullMarked;
