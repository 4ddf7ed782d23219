/** Makes the OpenAPI document of the server. */
@NullMarked
package org.actsandbox.sandbox.control.openapi;

import org.jspecify.annotations.NullMarked;
