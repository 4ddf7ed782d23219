/**
 * Answers in place of a service with whole answers, on WireMock, which is loaded when a proxy first
 * needs it.
 */
@NullMarked
package org.actsandbox.sandbox.proxy.stub;

import org.jspecify.annotations.NullMarked;
