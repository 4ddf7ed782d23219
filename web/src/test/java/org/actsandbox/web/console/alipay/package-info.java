@NullMarked
package org.actsandbox.web.console.alipay;

import org.jspecify.annotations.NullMarked;
