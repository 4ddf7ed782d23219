/** Puts a gate before a resource of the HTTP server of the JDK. */
@NullMarked
package org.actsandbox.kit.http;

import org.jspecify.annotations.NullMarked;
