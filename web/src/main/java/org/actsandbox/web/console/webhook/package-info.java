/** The pages of webhook endpoints and of the delivery log. */
@NullMarked
package org.actsandbox.web.console.webhook;

import org.jspecify.annotations.NullMarked;
