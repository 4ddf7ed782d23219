/** Tests the codec of Alipay's gateway. */
@NullMarked
package org.actsandbox.alipay;

import org.jspecify.annotations.NullMarked;
