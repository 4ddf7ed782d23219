/**
 * Holds one HTTP exchange: what is read of the request, what the journal records, and the answer
 * that a failure becomes.
 */
@NullMarked
package org.actsandbox.sandbox.edge.exchange;

import org.jspecify.annotations.NullMarked;
