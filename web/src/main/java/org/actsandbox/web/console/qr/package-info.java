/** Draws addresses of this server as codes that a phone reads. */
@NullMarked
package org.actsandbox.web.console.qr;

import org.jspecify.annotations.NullMarked;
