/** Shows the applications of Alipay's gateway: keys, settings per SDK, last calls. */
@NullMarked
package org.actsandbox.web.console.alipay;

import org.jspecify.annotations.NullMarked;
