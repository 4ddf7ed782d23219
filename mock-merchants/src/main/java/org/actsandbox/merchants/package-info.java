/**
 * Holds the one engine of all merchants; trains, hotels, shops and services are data and a small
 * set of rules each.
 */
@NullMarked
package org.actsandbox.merchants;

import org.jspecify.annotations.NullMarked;
