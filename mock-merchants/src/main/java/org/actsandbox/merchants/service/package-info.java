/**
 * Implements the seller agents: market data, translation and report rendering, paid per request.
 */
@NullMarked
package org.actsandbox.merchants.service;

import org.jspecify.annotations.NullMarked;
