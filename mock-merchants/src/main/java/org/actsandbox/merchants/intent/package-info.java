/**
 * Answers intents: takes needs, returns offers, and has the five recognizable errors (ACT CID-2,
 * CID-3).
 */
@NullMarked
package org.actsandbox.merchants.intent;

import org.jspecify.annotations.NullMarked;
