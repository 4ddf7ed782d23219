/** Whole answers in place of a service's own, on WireMock; loaded when a proxy first has some. */
@NullMarked
package org.actsandbox.sandbox.proxy.stub;

import org.jspecify.annotations.NullMarked;
