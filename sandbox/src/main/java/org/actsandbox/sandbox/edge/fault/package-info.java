/**
 * Plays the faults that are armed for a request: on the way in, in the answer, and by repeating it.
 */
@NullMarked
package org.actsandbox.sandbox.edge.fault;

import org.jspecify.annotations.NullMarked;
