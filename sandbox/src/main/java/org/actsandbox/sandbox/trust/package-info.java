/**
 * This package is the trust service of a world: records, the chain of anchors, verification (ACT
 * TSD).
 */
@NullMarked
package org.actsandbox.sandbox.trust;

import org.jspecify.annotations.NullMarked;
