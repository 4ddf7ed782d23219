@NullMarked
package org.actsandbox.web.check.alipay;

import org.jspecify.annotations.NullMarked;
