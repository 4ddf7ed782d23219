/** Registers applications of Alipay's gateway with their keys, and keeps the platform's key. */
@NullMarked
package org.actsandbox.sandbox.alipay.app;

import org.jspecify.annotations.NullMarked;
