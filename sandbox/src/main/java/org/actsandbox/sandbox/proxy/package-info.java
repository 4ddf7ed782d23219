/**
 * Proxies on this machine that break the wire in front of a participant, on purpose and by seed.
 */
@NullMarked
package org.actsandbox.sandbox.proxy;

import org.jspecify.annotations.NullMarked;
