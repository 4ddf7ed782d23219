/**
 * Buys over ACT 2.1 from a program in Java: {@link org.actsandbox.client.ActAgent} does the steps
 * of a purchase, and {@link org.actsandbox.client.PurchaseClient} and {@link
 * org.actsandbox.client.DelegationClient} send single messages as raw JSON, right or wrong. Worlds
 * are reached over HTTP only.
 */
@NullMarked
package org.actsandbox.client;

import org.jspecify.annotations.NullMarked;
