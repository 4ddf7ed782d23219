package org.actsandbox.agent.turn;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;

/**
 * Specifies the tools as models see them. They are written out instead of derived from annotated
 * methods, because arguments travel in the protocol's own snake_case form and are read by its
 * strict mapper.
 */
final class AgentToolSpecifications {

  static final ToolSpecification SEARCH =
      ToolSpecification.builder()
          .name("search_offers")
          .description(
              "Search all platforms for what the principal wants: one wish per thing. Search again"
                  + " whenever the wish changes. Ask with ask_principal first when an essential is"
                  + " missing (from, to, date; city, check_in; terms).")
          .parameters(
              JsonObjectSchema.builder()
                  .addProperty("wishes", JsonArraySchema.builder().items(wish()).build())
                  .addProperty(
                      "budget",
                      JsonObjectSchema.builder()
                          .description("For everything together, when the principal said one.")
                          .addStringProperty("amount", "decimal, such as 2000.00")
                          .addStringProperty("currency", "CNY")
                          .required("amount", "currency")
                          .build())
                  .required("wishes")
                  .build())
          .build();

  static final ToolSpecification BUY =
      ToolSpecification.builder()
          .name("buy_offers")
          .description(
              "Order the offers the principal has just chosen. Only in a turn in which the principal"
                  + " chose, and only offer ids of the last search; everything else is refused. The"
                  + " principal then approves each payment at the cashier, which you cannot reach.")
          .parameters(
              JsonObjectSchema.builder()
                  .addProperty(
                      "offer_ids", JsonArraySchema.builder().items(new JsonStringSchema()).build())
                  .required("offer_ids")
                  .build())
          .build();

  static final ToolSpecification AUTHORITY =
      ToolSpecification.builder()
          .name("request_authority")
          .description(
              "When the principal wants something bought later without being asked again (keep"
                  + " trying until a day, when the price falls, on a date, every Monday): ask for"
                  + " the authority. The principal confirms it with a PIN that you cannot reach, and"
                  + " the agent then watches and buys by itself. Ask with ask_principal first when"
                  + " the last day or the highest price was not said.")
          .parameters(
              JsonObjectSchema.builder()
                  .addProperty("wishes", JsonArraySchema.builder().items(wish()).build())
                  .addProperty("directive", directive())
                  .required("wishes", "directive")
                  .build())
          .build();

  static final ToolSpecification EXPLAIN =
      ToolSpecification.builder()
          .name("explain_offers")
          .description(
              "Answer a question about offers that were shown, from their facts: why it is"
                  + " recommended, refund, breakfast, seat, distance, shipping, time, price, or a"
                  + " comparison. Never answer such a question from memory.")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty(
                      "topic",
                      List.of(
                          "offer.why",
                          "offer.compare",
                          "offer.others",
                          "offer.facts",
                          "offer.refund",
                          "offer.breakfast",
                          "offer.seat",
                          "offer.distance",
                          "offer.rating",
                          "offer.shipping",
                          "offer.time",
                          "offer.price"))
                  .addProperty(
                      "offer_ids", JsonArraySchema.builder().items(new JsonStringSchema()).build())
                  .required("topic")
                  .build())
          .build();

  static final ToolSpecification STATUS =
      ToolSpecification.builder()
          .name("purchase_status")
          .description(
              "How far the purchases of this conversation are; where it has none, the latest of the"
                  + " principal's other conversations.")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty(
                      "topic",
                      List.of(
                          "order.where",
                          "order.refund",
                          "order.return",
                          "order.change",
                          "order.receipt",
                          "order.spent"))
                  .addEnumProperty("kind", List.of("train", "hotel", "shop"))
                  .addBooleanProperty("latest", "the latest purchase alone")
                  .addStringProperty("order_no", "the order that the principal names by its number")
                  .build())
          .build();

  static final ToolSpecification ASK =
      ToolSpecification.builder()
          .name("ask_principal")
          .description("Ask the principal for what is missing or unclear. Ends the turn.")
          .parameters(
              JsonObjectSchema.builder()
                  .addStringProperty("question", "one short question in the principal's language")
                  .addProperty(
                      "missing",
                      JsonArraySchema.builder()
                          .description("the fields in question")
                          .items(new JsonStringSchema())
                          .build())
                  .required("question")
                  .build())
          .build();

  private AgentToolSpecifications() {}

  private static JsonObjectSchema directive() {
    return JsonObjectSchema.builder()
        .addStringProperty("until", "last day on which it may be bought, 2026-12-25")
        .addStringProperty("most", "yuan for one purchase, decimal")
        .addStringProperty("below", "only when it costs less than that, yuan, decimal")
        .addStringProperty("first", "day of the first payment, for what is bought on a date")
        .addStringProperty("every", "between payments, ISO 8601: P7D, P1M")
        .required("until", "most")
        .build();
  }

  private static JsonObjectSchema wish() {
    var wish =
        JsonObjectSchema.builder()
            .description("Leave out what was not said. Dates 2026-11-30, times 09:00.")
            .addEnumProperty("kind", List.of("train", "hotel", "shop"))
            .addStringProperty(
                "sort", "cheapest, earliest, latest, fastest, quietest, nearest, best");
    train(wish);
    hotel(wish);
    shop(wish);
    return wish.required("kind").build();
  }

  private static void train(JsonObjectSchema.Builder wish) {
    wish.addStringProperty("from", "train: city or station, in English")
        .addStringProperty("to", "train: city or station, in English")
        .addStringProperty("date", "train: day of travel")
        .addStringProperty("latest_date", "train: last day that would do")
        .addStringProperty("depart_after", "train: local time, as are the next three")
        .addStringProperty("depart_before")
        .addStringProperty("arrive_after")
        .addStringProperty("arrive_before")
        .addEnumProperty("seat_class", List.of("second", "first", "business"))
        .addEnumProperty("position", List.of("window", "middle", "aisle"))
        .addIntegerProperty("passengers")
        .addEnumProperty("train_type", List.of("G", "D", "K"))
        .addStringProperty("train_no");
  }

  private static void hotel(JsonObjectSchema.Builder wish) {
    wish.addStringProperty("city", "hotel: in English")
        .addStringProperty("near", "hotel: station, landmark or district")
        .addStringProperty("check_in", "hotel: date")
        .addIntegerProperty("nights")
        .addIntegerProperty("guests")
        .addIntegerProperty("rooms")
        .addIntegerProperty("min_stars")
        .addBooleanProperty("breakfast")
        .addBooleanProperty("free_cancellation")
        .addEnumProperty("room_type", List.of("double", "twin", "family", "suite"))
        .addStringProperty("max_per_night", "hotel: yuan, decimal");
  }

  private static void shop(JsonObjectSchema.Builder wish) {
    wish.addStringProperty("terms", "shop: the product in the principal's words")
        .addStringProperty("category")
        .addStringProperty("brand")
        .addProperty("features", JsonArraySchema.builder().items(new JsonStringSchema()).build())
        .addIntegerProperty("quantity")
        .addStringProperty("max_price", "train and shop: yuan per piece, decimal")
        .addStringProperty("deliver_by", "shop: date")
        .addProperty(
            "avoid",
            JsonArraySchema.builder()
                .description(
                    "train: positions and types not wanted, change; shop: features not wanted")
                .items(new JsonStringSchema())
                .build())
        .addStringProperty("min_price", "shop: yuan per piece, decimal");
  }
}
