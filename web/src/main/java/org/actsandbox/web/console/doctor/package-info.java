/** Shows the signature doctor: paste a message, see why its signature does not verify. */
@NullMarked
package org.actsandbox.web.console.doctor;

import org.jspecify.annotations.NullMarked;
