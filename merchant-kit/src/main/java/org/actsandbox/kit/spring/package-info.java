/** Configures the gate of a Spring Boot application by its settings. */
@NullMarked
package org.actsandbox.kit.spring;

import org.jspecify.annotations.NullMarked;
