/**
 * This package has the HTTP endpoints of the payment service and the object that joins its parts.
 */
@NullMarked
package org.actsandbox.sandbox.psp.endpoint;

import org.jspecify.annotations.NullMarked;
