/**
 * What a program does that sells with an application of Alipay's gateway: calls and their answers.
 */
@NullMarked
package org.actsandbox.alipay.client;

import org.jspecify.annotations.NullMarked;
