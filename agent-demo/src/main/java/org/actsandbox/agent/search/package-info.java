/**
 * Asks all platforms of a vertical at once, checks their answers and compares them.
 *
 * <p>The package has over 20 types, in three groups:
 *
 * <ul>
 *   <li>who is asked and how: {@link PlatformSearch}, {@link PlatformSelection}, {@link
 *       AgentCards}, {@link SearchNeeds}, {@link CatalogGoods}, {@link TrainSearchPages};
 *   <li>what their answers say: {@link ReceivedOfferCheck}, {@link MerchantSaying}, {@link
 *       PageOffers}, {@link SearchResult};
 *   <li>what the principal is shown, in which order and why: {@link OfferRanking}, {@link
 *       OfferOrder}, {@link OfferSuitability}, {@link OfferReasons}, {@link ConnectingTrains},
 *       {@link Proposal}.
 * </ul>
 *
 * <p>It stays whole because most types are package-private and a search needs all three groups.
 */
@NullMarked
package org.actsandbox.agent.search;

import org.jspecify.annotations.NullMarked;
