/**
 * Makes the OpenAPI document from the endpoints of the running server, and tests it. The server
 * itself only serves the document that was made here.
 */
@NullMarked
package org.actsandbox.sandbox.control.openapi;

import org.jspecify.annotations.NullMarked;
