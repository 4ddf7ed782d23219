/**
 * Provides proxies on this machine that cause faults on the wire in front of a participant, on
 * purpose and decided by the seed.
 */
@NullMarked
package org.actsandbox.sandbox.proxy;

import org.jspecify.annotations.NullMarked;
