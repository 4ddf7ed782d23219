/**
 * Stores the agent's watches and tasks as one JSON document a row, and finds them when they are
 * due.
 */
@NullMarked
package org.actsandbox.agent.document;

import org.jspecify.annotations.NullMarked;
