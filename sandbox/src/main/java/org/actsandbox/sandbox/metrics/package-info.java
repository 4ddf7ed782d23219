/** Collects the server's metrics and answers them at the address that Prometheus reads. */
@NullMarked
package org.actsandbox.sandbox.metrics;

import org.jspecify.annotations.NullMarked;
