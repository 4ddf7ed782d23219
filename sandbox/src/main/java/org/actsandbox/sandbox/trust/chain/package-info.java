/**
 * This package is the append-only chain of anchors with its stored Merkle nodes and signed heads
 * (TSD-ATT-OCA).
 */
@NullMarked
package org.actsandbox.sandbox.trust.chain;

import org.jspecify.annotations.NullMarked;
