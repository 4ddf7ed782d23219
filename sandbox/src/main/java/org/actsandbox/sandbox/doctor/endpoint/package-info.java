/** Serves the signature doctor over HTTP. */
@NullMarked
package org.actsandbox.sandbox.doctor.endpoint;

import org.jspecify.annotations.NullMarked;
