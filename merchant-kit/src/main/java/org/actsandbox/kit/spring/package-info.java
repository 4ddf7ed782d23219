/** Configures the gate or the shop of a Spring Boot application. */
@NullMarked
package org.actsandbox.kit.spring;

import org.jspecify.annotations.NullMarked;
