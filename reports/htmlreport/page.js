(function () {
  'use strict';
  var table = document.getElementById('people');
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var found = document.getElementById('found');
  var query = document.getElementById('query');
  var number = new Intl.NumberFormat(document.documentElement.lang);
  var order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });

  function fold(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  }

  var texts = null;
  function search() {
    if (texts === null) {
      texts = rows.map(function (row) {
        return fold(Array.prototype.map.call(row.cells, function (cell) { return cell.textContent; }).join(' \n '));
      });
    }
    var words = fold(query.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      if (row.hidden === fits) { row.hidden = !fits; }
      if (fits) { shown++; }
    });
    found.textContent = words.length === 0 ? '' :
      found.getAttribute('data-found').replace('{shown}', number.format(shown)).replace('{all}', number.format(rows.length));
  }
  query.addEventListener('input', search);
  document.getElementById('search').hidden = false;

  function key(row, column) {
    var cell = row.cells[column];
    var sort = cell.getAttribute('data-sort');
    return (sort === null ? cell.textContent : sort).replace(/,(?=\d{3})/g, '');
  }

  // ranks gives every key its place in the order: to compare two numbers is quick, to compare ten thousand texts is not.
  function ranks(keys) {
    var all = Array.from(new Set(keys));
    var numbers = all.every(function (key) { return /^\d{0,15}$/.test(key); });
    all.sort(numbers ? function (a, b) { return a - b; } : order.compare);
    var places = new Map();
    var place = 0;
    all.forEach(function (key, i) {
      if (i > 0 && (numbers || order.compare(all[i - 1], key) !== 0)) { place++; }
      places.set(key, place);
    });
    return places;
  }

  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  heads.forEach(function (head, column) {
    var button = document.createElement('button');
    button.type = 'button';
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener('click', function () {
      var down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      var keys = rows.map(function (row) { return key(row, column); });
      var places = ranks(keys);
      var keyed = rows.map(function (row, i) { return { row: row, none: keys[i] === '', place: places.get(keys[i]), i: i }; });
      keyed.sort(function (a, b) {
        if (a.none !== b.none) { return a.none ? 1 : -1; }
        return (down ? b.place - a.place : a.place - b.place) || a.i - b.i;
      });
      table.removeChild(body); // rows that are shown, or among others, are slow to move
      body.textContent = '';
      keyed.forEach(function (k) { body.appendChild(k.row); });
      table.appendChild(body);
    });
  });
}());
