/** The figures of the server: the registry and the address where Prometheus reads it. */
@NullMarked
package org.actsandbox.sandbox.metrics;

import org.jspecify.annotations.NullMarked;
