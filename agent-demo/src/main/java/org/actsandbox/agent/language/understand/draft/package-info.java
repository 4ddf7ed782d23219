/**
 * Fills the drafts of wishes, one for each kind, from the meanings in their segments, and says what
 * must be asked.
 *
 * <p>The package has over 20 types, in three groups:
 *
 * <ul>
 *   <li>the drafts, with what each kind of wish has: {@link WishDraft}, {@link TrainDraft}, {@link
 *       HotelDraft}, {@link ShopDraft};
 *   <li>what fills them from a segment: {@link DraftFiller} for all kinds, {@link
 *       TrainDraftFiller}, {@link HotelDraftFiller}, {@link ShopDraftFiller} for one, and the
 *       readers that these use;
 *   <li>what stands beside a wish: {@link Fallback}, {@link FallbackSpans}, {@link TripDetails}.
 * </ul>
 *
 * <p>It stays whole because the fields of a draft are package-private, for the readers that fill
 * them.
 */
@NullMarked
package org.actsandbox.agent.language.understand.draft;

import org.jspecify.annotations.NullMarked;
