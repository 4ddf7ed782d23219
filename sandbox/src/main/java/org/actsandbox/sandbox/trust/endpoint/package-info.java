/** This package has the HTTP endpoints of the trust service and the object that joins its parts. */
@NullMarked
package org.actsandbox.sandbox.trust.endpoint;

import org.jspecify.annotations.NullMarked;
