package org.actsandbox.web.console.decoder;

import java.util.List;

/**
 * Is one field of a message with what is in it.
 *
 * @param name the field's name; the number of an element of a list
 * @param value the value; for an object or a list what it is about, which may be empty
 * @param local a moment of the protocol in the reader's time, an amount with its currency; empty
 *     for another value
 * @param meaning the field's meaning with its rule; empty where the bundles have none
 * @param kind value, object or list
 * @param children fields or elements; empty for a value
 * @param open true if the page shows the children at once
 * @param hostile true for text that gives an agent orders, and for what it stands in
 */
public record FieldNode(
    String name,
    String value,
    String local,
    String meaning,
    String kind,
    List<FieldNode> children,
    boolean open,
    boolean hostile) {}
