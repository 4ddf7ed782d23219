/** Contains the addresses of Alipay's gateway, its cashier and its applications. */
@NullMarked
package org.actsandbox.sandbox.alipay.endpoint;

import org.jspecify.annotations.NullMarked;
