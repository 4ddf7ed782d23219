/**
 * Holds the built-in model, which talks and calls tools as a hosted one would, without key or
 * network.
 */
@NullMarked
package org.actsandbox.agent.builtin;

import org.jspecify.annotations.NullMarked;
