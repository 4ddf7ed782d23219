/** Passes a request on to the node that owns its world (ADR 57). */
@NullMarked
package org.actsandbox.sandbox.edge.node;

import org.jspecify.annotations.NullMarked;
